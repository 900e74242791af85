import { english } from './english';
export const arabic = english;
