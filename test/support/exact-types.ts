/** Two types are the same when nothing tells them apart, `readonly` and optional included. */
/* eslint-disable @typescript-eslint/no-unnecessary-type-parameters -- how two types are compared exactly */
export type Equal<A, B> =
  (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : { notEqual: [A, B] };
