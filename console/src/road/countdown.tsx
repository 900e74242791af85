/** How long until the next sign of life is due; past that, how late it is. */
import { useNow } from '../parts/use-now';
import { When } from '../parts/when';
import { useWords } from '../words/use-words';

export function Countdown({ due }: { readonly due: string }) {
  const { road, locale } = useWords();
  const now = useNow();
  const left = Date.parse(due) - now;
  const minutes = Math.floor(Math.abs(left) / 60_000);
  const format = (value: number, unit: string) =>
    new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short' }).format(value);
  const hours = Math.floor(minutes / 60);
  return (
    <div className="next" data-is={left < 0 ? 'safety' : undefined}>
      <span className="note">{left < 0 ? road.late : road.next}</span>
      <strong>
        {hours > 0 && `${format(hours, 'hour')} `}
        {format(minutes % 60, 'minute')}
      </strong>
      <span className="note">
        {road.by} <When at={due} />
      </span>
    </div>
  );
}
