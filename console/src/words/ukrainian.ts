import { english } from './english';
export const ukrainian = english;
