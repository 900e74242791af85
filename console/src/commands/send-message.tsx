/** What became of a command that is not yet recorded: above the form, and it stays. */
import { isGroupId } from '#domain/group/group';
import { api } from '../api/client';
import { Story } from '../case/event-line';
import { GroupNews } from '../groups/group-story';
import { goOnHere } from '../parts/focus';
import { Refusal } from '../parts/refusal';
import { signedInAddress, signInAddress } from '../paths';
import { inNumber, useWords } from '../words/use-words';
import { isStale } from './use-send';
import type { SendState } from './use-send';

interface MessageProps {
  readonly id: string;
  readonly state: SendState<unknown>;
  readonly isMismatch: boolean;
  /** The version the form was opened with. */
  readonly seen: number;
}
export function SendMessage({ id, state, isMismatch, seen }: MessageProps) {
  const { form, shell, locale } = useWords();
  if (isMismatch)
    return (
      <div className="message" data-is="safety" role="alert" tabIndex={-1} ref={goOnHere}>
        <b>{form.notSent}</b>
        <span>{form.mismatch}</span>
      </div>
    );
  if (state.is === 'unreachable')
    return (
      <div className="message" data-is="late" role="alert" tabIndex={-1} ref={goOnHere}>
        <b>{form.notSent}</b>
        <span>{form.unreachable}</span>
      </div>
    );
  if (state.is !== 'refused') return null;
  if (state.problem.status === 401)
    return (
      <div className="message" data-is="late" role="alert" tabIndex={-1} ref={goOnHere}>
        <b>{form.notSent}</b>
        <span>{form.signedOut}</span>
        <a href={signInAddress(signedInAddress)} target="_blank" rel="noopener">
          {shell.signIn}
        </a>
      </div>
    );
  if (isStale(state.problem))
    return (
      <div className="message" data-is="late" role="alert" tabIndex={-1} ref={goOnHere}>
        <b>{form.stale}</b>
        {isGroupId(id) ? <GroupNews id={id} seen={seen} /> : <CaseNews id={id} seen={seen} />}
      </div>
    );
  return (
    <Refusal heading={form.notSent} problem={state.problem}>
      {state.wait !== undefined && inNumber(form.waitSeconds, state.wait, locale)}
    </Refusal>
  );
}

/** What somebody else did while this was typed. */
function CaseNews({ id, seen }: { readonly id: string; readonly seen: number }) {
  const { data } = api.useQuery('get', '/v1/cases/{id}/timeline', {
    params: { path: { id }, query: { order: 'newest', limit: 20 } },
  });
  return <Story entries={(data?.items ?? []).filter(({ version }) => version > seen)} />;
}
