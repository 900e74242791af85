import { english } from './english';
export const russian = english;
