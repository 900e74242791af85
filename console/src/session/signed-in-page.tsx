/** Where a sign-in ends that was begun beside a page: that page goes on by itself. */
import { useTitle } from '../parts/parts';
import { useWords } from '../words/use-words';

export function SignedInPage() {
  const { shell } = useWords();
  useTitle(shell.signedIn);
  return (
    <header>
      <h1>{shell.signedIn}</h1>
      <p>{shell.goOnThere}</p>
    </header>
  );
}
