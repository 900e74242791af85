/** The package ships no types; this is all of it that is used. */
declare module 'swagger-ui-dist' {
  /** Folder of the page's files. */
  export function absolutePath(): string;
}
