import { createHash } from 'node:crypto';

/** Lower-case hexadecimal, as the API takes the hash of a paper. */
export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
