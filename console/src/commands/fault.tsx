/** What is wrong with one field. */
export function Fault({ name, fault }: { readonly name: string; readonly fault: string | undefined }) {
  if (fault === undefined) return null;
  return (
    <p id={`${name}-fault`} className="state" data-is="safety">
      {fault}
    </p>
  );
}
