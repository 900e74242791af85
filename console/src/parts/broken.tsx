/** Where a page can’t be shown: a fault of ours, or a part of a build that a newer one has replaced. */
import { Component } from 'react';
import type { ReactNode } from 'react';
import { useWords } from '../words/use-words';

interface Props {
  readonly children: ReactNode;
}
/** Give it the address as its key: another page is tried anew. */
export class Unbroken extends Component<Props, { readonly isBroken: boolean }> {
  public override state = { isBroken: false };
  public static getDerivedStateFromError(): { isBroken: boolean } {
    return { isBroken: true };
  }
  public override render(): ReactNode {
    return this.state.isBroken ? <Broken /> : this.props.children;
  }
}

function Broken() {
  const { shell } = useWords();
  return (
    <div className="stack" role="alert">
      <h1>{shell.broke}</h1>
      <div className="row">
        <button type="button" className="act" data-rank="first" onClick={() => location.reload()}>
          {shell.again}
        </button>
      </div>
    </div>
  );
}
