/** A faulty release: the first task of every case fails, again and again. */
export function childReturn(): Promise<void> {
  throw new Error('a defect of this release');
}
export { upkeep } from '../../../../workflows/upkeep/upkeep';
