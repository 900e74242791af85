/**
 * The word that an escort has chosen for the day on which somebody stands beside them: written anywhere in a note, it raises
 * an alarm that nobody near them sees. Kept as a keyed fingerprint, so who reads the database can't find it by trying words.
 */
import { createHmac } from 'node:crypto';
import type { Pool } from 'pg';
import type { SealKeys } from '../../contracts/seal';
import type { OfficialId } from '../../domain/model/ids';
import { query, retrying } from '../postgres/transaction';

export interface WordOwner {
  readonly mechanism: string;
  readonly official: OfficialId;
}

/** As it is compared: a telephone capitalises, and puts a comma after it. */
export const wordsOf = (text: string): string[] => [
  ...new Set(
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu),
  ),
];

export const createDuressWords = (pool: Pool, keys: SealKeys) => {
  const fingerprintOf = ({ mechanism, official }: WordOwner, word: string, key: string): string =>
    createHmac('sha256', key).update(`duress word\n${mechanism}\n${official}\n${word}`, 'utf8').digest('hex');
  return {
    /** Instead of an earlier one; without a word there is none. `word` is one word as `wordsOf` gives it. */
    choose: (owner: WordOwner, word: string | undefined): Promise<void> =>
      retrying(pool, async (client) => {
        await (word === undefined
          ? query(client, {
              name: 'forget-duress-word',
              text: 'delete from duress_words where mechanism_id = $1 and official = $2',
              values: [owner.mechanism, owner.official],
            })
          : query(client, {
              name: 'choose-duress-word',
              text: `insert into duress_words (mechanism_id, official, fingerprint) values ($1, $2, $3)
                     on conflict (mechanism_id, official)
                     do update set fingerprint = excluded.fingerprint, set_at = clock_timestamp()`,
              values: [owner.mechanism, owner.official, fingerprintOf(owner, word, keys[0])],
            }));
      }),

    /** Whether their word stands in one of these texts. A word that was chosen under an older key counts as well. */
    isIn: (owner: WordOwner, texts: readonly string[]): Promise<boolean> =>
      retrying(pool, async (client) => {
        const { rows } = await query<{ fingerprint: string }>(client, {
          name: 'find-duress-word',
          text: 'select fingerprint from duress_words where mechanism_id = $1 and official = $2',
          values: [owner.mechanism, owner.official],
        });
        const [chosen] = rows;
        return (
          chosen !== undefined &&
          texts
            .flatMap(wordsOf)
            .some((word) => keys.some((key) => fingerprintOf(owner, word, key) === chosen.fingerprint))
        );
      }),
  };
};
