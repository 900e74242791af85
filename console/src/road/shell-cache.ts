/** Where the files of this build lie on the device. */
export const shellCache = 'homeward-shell';
