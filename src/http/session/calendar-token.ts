/**
 * The secret in the link of a calendar: 256 bits that nobody without the seal key can tell from chance, and the same
 * again for the same request, so that one whose answer was lost may be repeated.
 */
import { createHmac } from 'node:crypto';
import type { Reader } from '../../auth/official-directory';
import type { CommandId } from '../../domain/model/ids';

export const calendarTokenOf = (
  sealKey: string,
  { mechanism, official }: Pick<Reader, 'mechanism' | 'official'>,
  request: CommandId,
): string =>
  createHmac('sha256', sealKey)
    .update(JSON.stringify(['calendar', mechanism, official, request]))
    .digest('base64url');

export const calendarTokenForm = /^[A-Za-z0-9_-]{43}$/;
