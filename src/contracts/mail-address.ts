/**
 * Mail addresses, under every top level in either writing: `ministry.укр` and its `xn--` form are one. Before the @ only
 * ASCII is taken where we write to it: a letter with other signs there passes only where each server on its way knows
 * SMTPUTF8, and an alarm must not hang on that. What is merely noted of a person may be written as it is.
 */
import { domainToASCII } from 'node:url';
import { z } from 'zod';
import { telling } from './field-errors';

const label = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';
/** A top level is letters, or the ASCII form of other letters. */
const domainForm = new RegExp(`^(?=.{4,253}$)(?:${label}\\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{1,57}[a-z0-9])$`);
const asciiLocal = /^[A-Za-z0-9!#$%&'*+/=?^_{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_{|}~-]+)*$/;
const anyLocal = /^[\p{L}\p{M}\p{N}!#$%&'*+/=?^_{|}~-]+(?:\.[\p{L}\p{M}\p{N}!#$%&'*+/=?^_{|}~-]+)*$/u;
/** Letters, digits, hyphens and dots of any script: what `domainToASCII` would read as an address, or unescape, is none. */
const writtenDomain = /^[\p{L}\p{M}\p{N}\u200C\u200D.-]+$/u;

/** As mail servers see it, small letters in the domain; undefined for what is no address. */
export function findMailAddress(address: string, { local = asciiLocal } = {}): string | undefined {
  const at = address.lastIndexOf('@');
  const [name, domain] = [address.slice(0, at), address.slice(at + 1)];
  if (at < 1 || name.length > 64 || !local.test(name) || !writtenDomain.test(domain)) return undefined;
  const ascii = domainToASCII(domain);
  return domainForm.test(ascii) ? `${name}@${ascii}` : undefined;
}

/** One that is only kept for people. */
export const notedMailAddress = z
  .string()
  .normalize('NFC')
  .max(254)
  .refine((text) => findMailAddress(text, { local: anyLocal }) !== undefined, {
    error: 'must be an e-mail address',
    abort: true,
    ...telling('invalid-format', { form: 'mail-address' }),
  });
/** One that we write to. */
export const mailAddress = notedMailAddress.refine((text) => findMailAddress(text) !== undefined, {
  error: 'must have ASCII letters before the @; what stands behind it may be in any script',
});
