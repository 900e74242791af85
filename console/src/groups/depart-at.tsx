/** When a group sets out: on the reader's clock, and on that of the place where another one is shown there. */
import { useMechanism } from '../case/use-case';
import { When } from '../parts/when';
import { dateFormat } from '../words/formats';
import { useWords } from '../words/use-words';
import { useGroupWords } from './use-group-words';

export function DepartAt({ at, place }: { readonly at: string; readonly place: string }) {
  const groups = useGroupWords();
  const { locale } = useWords();
  const zone = useMechanism()?.places.find(({ id }) => id === place)?.timeZone;
  const form = { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' } as const;
  const [here, there] = [undefined, zone].map((timeZone) =>
    dateFormat(locale, timeZone === undefined ? form : { ...form, timeZone }).format(new Date(at)),
  );
  return (
    <>
      <When at={at} />
      {here !== there && (
        <small>
          {' '}
          {groups.atPlace}: <time dateTime={at}>{there}</time>
        </small>
      )}
    </>
  );
}
