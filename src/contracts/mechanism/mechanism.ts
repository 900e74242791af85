/**
 * The mechanism: one standing mediation arrangement as its file describes it. The file is the only place that
 * knows a country, a side or a site. `mechanism-faults.ts` has what must hold between its parts,
 * `mechanism-file.ts` reads the YAML.
 */
import { z } from 'zod';
import { bedKinds } from '../../domain/model/beds';
import { omitUndefined } from '../../domain/model/omit-undefined';
import { paperKinds } from '../../domain/model/dossier-facts';
import { escortSexes, escortSkills } from '../../domain/model/escorts';
import type { FindCredential } from '../../domain/model/escorts';
import type { OfficialId, PartyId } from '../../domain/model/ids';
import type { Ladder, MechanismRules } from '../../domain/model/mechanism';
import { obligationKinds } from '../../domain/model/obligation-kinds';
import type { ObligationKind } from '../../domain/model/obligation-kinds';
import { modalities } from '../../domain/model/plan';
import { partyKinds, roles, hasAnyRole } from '../../domain/model/parties';
import type { Role } from '../../domain/model/parties';
import { isDuration } from '../../domain/calendar/time';
import { isTimeframe } from '../../domain/calendar/working-days';
import { firstFacets } from '../../domain/model/verification';
import type { FirstFacet } from '../../domain/model/verification';
import { calendarDate, isWithinTwentyYears } from '../dates';
import { languageTag, titleOf } from '../dossier/text';
import { mailAddress } from '../mail-address';
import { usualGroupTimes } from '../../domain/group/facts';
import { borderShape } from './border';
import { defaultLadders, defaultLendableRoles, defaultTimes } from './defaults';
import { calendarShape, digestShape, quietHoursShape, workingCalendarOf } from './hours';
import { zoneOffsetsOf } from '../zone-offsets';

/** Languages a party may be written to in: those the notices and screens exist in. */
export const languages = ['en', 'uk', 'ru', 'ar'] as const;
export type Language = (typeof languages)[number];

/** Ids appear in command ids, Temporal and mail: plain, and without the colon that joins them there. */
const id = z.string().regex(/^[a-z][a-z0-9-]{1,39}$/, {
  error: 'must be lower-case letters, digits and hyphens, starting with a letter',
});
const title = z.strictObject({
  en: titleOf(120),
  uk: titleOf(120).optional(),
  ru: titleOf(120).optional(),
  ar: titleOf(120).optional(),
});
const duration = z
  .string()
  // Aborts, so that no check between sections has to reckon with what is no duration.
  .refine(isDuration, { error: 'must be an ISO 8601 duration such as P30D, PT15M or P6M', abort: true })
  .refine(isWithinTwentyYears, { error: 'must not be longer than twenty years', abort: true })
  .describe('ISO 8601 duration: P30D, PT15M, P6M');
const timeframe = z
  .string()
  .refine(isTimeframe, {
    error: 'must be an ISO 8601 duration such as P30D or PT15M, or working days such as 5 working days',
    abort: true,
  })
  .refine((text) => !isDuration(text) || isWithinTwentyYears(text), {
    error: 'must not be longer than twenty years',
    abort: true,
  })
  .describe('ISO 8601 duration: P30D, PT15M; or working days: 5 working days');
const timeZone = z
  .string()
  .refine(isTimeZone, { error: 'must be an IANA time zone such as Europe/Kyiv' })
  .describe('IANA time zone: Europe/Kyiv');
const closed = calendarDate
  .describe('First day on which nothing new may begin here; what the record names is never removed')
  .optional();
const spoken = z.array(z.enum(languages)).min(1);

const office = z
  .strictObject({ kind: z.enum(partyKinds), roles: z.array(z.enum(roles)) })
  .describe('Officials of parties of this kind with any of the roles; no roles: any official of them');
const ladder = z.strictObject({
  due: timeframe,
  steps: z
    .array(
      z.strictObject({
        after: timeframe,
        act: z.enum(['remind', 'escalate', 'review']),
        to: office.optional(),
      }),
    )
    .max(20),
  thenEvery: timeframe,
});
/** Where a party's own system is told of the notices its officials get. */
const webhook = z.strictObject({
  url: z.string().max(2000).refine(isWebhookAddress, {
    error: 'must be an https address without a user name; http only of this machine',
  }),
});
const facetRule = z.strictObject({
  attestedBy: z.array(office).min(1),
  reviewedBy: z.array(office).min(1),
  papers: z
    .array(z.enum(paperKinds))
    .min(1)
    .describe('Kinds of paper that confirm the facet; the usual ones unless named')
    .optional(),
});
const keyed = <Key extends string, Value>(keys: readonly Key[], valueOf: (key: Key) => Value) =>
  Object.fromEntries(keys.map((key) => [key, valueOf(key)])) as Record<Key, Value>;
const copyOf = (value: Ladder): z.infer<typeof ladder> => structuredClone(value) as z.infer<typeof ladder>;

/**
 * Claims that people can change themselves, or that two may share: whoever may choose theirs could choose another's
 * (OpenID Connect Core 1.0, 5.7).
 */
const changeableClaims: readonly string[] = [
  ...['name', 'given_name', 'family_name', 'middle_name', 'nickname', 'preferred_username', 'profile'],
  ...['picture', 'website', 'gender', 'birthdate', 'zoneinfo', 'locale', 'phone_number', 'address'],
  ...['upn', 'unique_name', 'login_hint', 'verified_primary_email', 'emails'],
  // Claims of the token itself, the same for everybody.
  ...['iss', 'aud', 'azp', 'exp', 'iat', 'nbf', 'jti', 'sid', 'scope', 'scp', 'tid', 'hd', 'email_verified'],
];

/** Children who may travel with one escort. */
const perEscort = z.int().min(1).max(50);
/** What is known of somebody who travels with children. */
export const credentialShape = z
  .strictObject({
    validUntil: calendarDate.describe('Last day on which they may be sent with a child'),
    languages: z.array(languageTag).min(1).max(20).describe('In which they speak with a child'),
    skills: z
      .array(z.enum(escortSkills))
      .max(escortSkills.length)
      .default([])
      .describe('Counts as of the crew of whoever they travel with'),
    sex: z.enum(escortSexes),
  })
  .describe('Of an escort; nothing is asked of one of whom it is not stated');
/** Years. */
const age = z.int().min(0).max(18);

export const mechanismShape = z.strictObject({
  id,
  version: z.int().min(1),
  title,
  parties: z
    .array(
      z.strictObject({
        id,
        kind: z.enum(partyKinds),
        title,
        languages: spoken,
        timeZone,
        calendar: calendarShape.optional(),
        webhook: webhook.optional(),
        closed,
        /** Where its duty officer is reached at any hour; shown to every party, for whoever is on the road. */
        dutyTelephone: z
          .string()
          .regex(/^\+[0-9 ]{6,24}$/, { error: 'must be an international number such as +974 …' })
          .optional(),
      }),
    )
    .min(3)
    .max(50),
  officials: z
    .array(
      z.strictObject({
        id,
        party: id,
        name: titleOf(120),
        email: mailAddress,
        /** Who they are at an issuer elsewhere: what the claim of `signIn` says of them. Their id unless given. */
        subject: titleOf(255).optional(),
        roles: z.array(z.enum(roles)).min(1),
        languages: spoken,
        /** The party's unless named. */
        timeZone: timeZone.optional(),
        /** Those who left stay listed: what they did names them. They can't sign in and are never written to. */
        active: z.boolean().default(true),
        /** Who takes over from one who left. */
        replacedBy: id.optional(),
        /** The mechanism's unless named. */
        quietHours: quietHoursShape.optional(),
        digest: digestShape.optional(),
        escort: credentialShape.optional(),
      }),
    )
    .min(1)
    .max(1000),
  /** How tokens of an issuer elsewhere (`OIDC_ISSUER`) name officials. */
  signIn: z
    .strictObject({
      claim: z
        .string()
        .regex(/^[A-Za-z][\w:./-]{0,199}$/, {
          error: 'must be the name of a claim such as sub, oid or email',
        })
        .refine((name) => !changeableClaims.includes(name), {
          error: 'must be a claim that nobody can choose for themselves, such as sub, oid or email',
        })
        .default('sub'),
    })
    .prefault({}),
  decidingSides: z.array(id).min(2).max(10),
  relayable: z.array(id).max(10).default([]),
  facets: z.strictObject({
    ...keyed<FirstFacet, typeof facetRule>(firstFacets, () => facetRule),
    suitability: facetRule.optional(),
  }),
  sites: z
    .array(
      z.strictObject({
        id,
        party: id,
        title,
        capacity: z.int().min(1).max(1000),
        beds: z
          .array(
            z.strictObject({
              id,
              kind: z.enum(bedKinds).default('usual'),
              room: id.optional(),
              opens: calendarDate.describe('First night on which it is there').optional(),
              closed: calendarDate.describe('First night on which it is there no more').optional(),
            }),
          )
          .max(1000)
          .describe(
            'Beds in the order of their numbers; those of the capacity that are not listed are usual ones',
          )
          .optional(),
        closures: z
          .array(z.strictObject({ from: calendarDate, to: calendarDate }))
          .max(100)
          .describe('Nobody is taken in from the night of `from` on; on `to` again')
          .optional(),
        /** The host's unless named. */
        timeZone: timeZone.optional(),
        closed,
      }),
    )
    .max(50)
    .default([]),
  /** A crossing or station whose clocks matter for the last day of papers may name its zone. */
  places: z
    .array(z.strictObject({ id, title, timeZone: timeZone.optional(), closed }))
    .min(1)
    .max(200),
  /** A ladder given here replaces the default of its kind whole. */
  ladders: z
    .strictObject(
      keyed<ObligationKind, z.ZodDefault<typeof ladder>>(obligationKinds, (kind) =>
        ladder.default(() => copyOf(defaultLadders[kind])),
      ),
    )
    .prefault({}),
  approvalValidFor: duration.default(defaultTimes.approvalValidFor),
  approvalNotice: duration.default(defaultTimes.approvalNotice),
  stalledAfter: z
    .strictObject({
      usual: duration.default(defaultTimes.stalledAfter.usual),
      urgent: duration.default(defaultTimes.stalledAfter.urgent),
      tracing: duration.default(defaultTimes.stalledAfter.tracing),
    })
    .prefault({}),
  checkInEvery: duration.default(defaultTimes.checkInEvery),
  welfareNoteEvery: duration.default(defaultTimes.welfareNoteEvery),
  hearingValidFor: duration.default(defaultTimes.hearingValidFor),
  adultHearingValidFor: duration.default(defaultTimes.adultHearingValidFor),
  reinstateWithin: duration.default(defaultTimes.reinstateWithin),
  followUpVisits: z
    .array(duration)
    .max(60)
    .default(() => [...defaultTimes.followUpVisits]),
  holdReviewWithin: duration.default(defaultTimes.holdReviewWithin),
  holdRenewals: z.int().min(0).max(20).default(defaultTimes.holdRenewals),
  childsView: z
    .strictObject({ observedBelow: age, agreesFrom: age, decidesFrom: age })
    .default(defaultTimes.childsView),
  escortRatio: z
    .strictObject({ usual: perEscort, underSix: perEscort, withNeeds: perEscort })
    .default(defaultTimes.escortRatio),
  escortsEngagedOnce: z
    .boolean()
    .describe('No escort sets out with children while under way with others; not asked unless named')
    .optional(),
  safeConduct: z
    .strictObject({
      asked: z
        .union([z.boolean(), z.array(z.enum(modalities)).min(1)])
        .describe('true: of every journey; or the modalities of the plans of which it is asked'),
    })
    .describe('Whether each deciding side says that it will not stop the child; not asked unless named')
    .optional(),
  border: borderShape(id, duration)
    .describe('Papers at the crossings; nobody looks for any unless named')
    .optional(),
  quietHours: quietHoursShape.default({ from: '19:00', to: '08:00', daysOff: true }),
  digest: digestShape.default({ every: 'day', at: '08:30' }),
  /** Roles a deputy has for the time of an absence. */
  lendableRoles: z.array(z.enum(roles)).default(() => [...defaultLendableRoles]),
  acknowledge: z
    .strictObject({
      atMost: duration.default(defaultTimes.acknowledge.atMost),
      safetyAtMost: duration.default(defaultTimes.acknowledge.safetyAtMost),
    })
    .prefault({}),
  snooze: z
    .strictObject({
      atMost: duration.default(defaultTimes.snooze.atMost),
      times: z.int().min(1).max(10).default(defaultTimes.snooze.times),
    })
    .prefault({}),
  groups: z
    .strictObject({
      freezeBefore: duration.default(usualGroupTimes.freezeBefore),
      confirmBefore: duration.default(usualGroupTimes.confirmBefore),
      goBefore: duration.default(usualGroupTimes.goBefore),
      departure: z.enum(['ready', 'all-or-none']).default(usualGroupTimes.departure),
    })
    .describe('How children who travel together set out; times count back from the hour of departure')
    .optional(),
  expiryNotice: duration.default(defaultTimes.expiryNotice),
  reminderSpread: duration.default(defaultTimes.reminderSpread),
});

export type Mechanism = z.infer<typeof mechanismShape>;
export type MechanismOfficial = Mechanism['officials'][number];

/** What the rules need to know: neither officials nor titles, so it may travel through Temporal. */
export function rulesOf(mechanism: Mechanism): MechanismRules {
  const { parties, sites, places } = mechanism;
  // How people are reached is no rule.
  const { title: _1, officials: _2, signIn: _3, ...how } = mechanism;
  const { quietHours: _4, digest: _5, lendableRoles: _6, ...rest } = how;
  return {
    ...rest,
    parties: parties.map(({ id: party, kind, timeZone: zone, calendar, closed: since }) => ({
      id: party,
      kind,
      timeZone: zone,
      ...(calendar && { calendar: workingCalendarOf(calendar, zone) }),
      ...(since !== undefined && { closed: since }),
    })),
    sites: sites.map(({ title: _7, ...site }) => omitUndefined(site)),
    places: places.map((place) => place.id),
    placeZones: Object.fromEntries(
      places.flatMap(({ id: place, timeZone: zone }) => (zone === undefined ? [] : [[place, zone]])),
    ),
    ...(places.some((place) => place.closed !== undefined) && {
      placesClosed: Object.fromEntries(
        places.flatMap(({ id: place, closed: since }) => (since === undefined ? [] : [[place, since]])),
      ),
    }),
    zones: Object.fromEntries(
      [...parties, ...sites, ...places].flatMap(({ timeZone: zone }) =>
        zone === undefined ? [] : [[zone, zoneOffsetsOf(zone)]],
      ),
    ),
  };
}

/** What this version says of its escorts: asked of the newest, as rules hold no people. */
export const credentialsOf =
  (mechanism: Mechanism): FindCredential =>
  (escort) =>
    findOfficial(mechanism, escort)?.escort;

/** Active officials of a party who have any of the roles; without roles, all active officials of the party. */
export const officialsIn = (
  mechanism: Mechanism,
  party: PartyId,
  among: readonly Role[] = [],
): MechanismOfficial[] =>
  mechanism.officials.filter(
    (official) => official.active && official.party === party && hasAnyRole(official.roles, among),
  );

/** An official by id, inactive ones included. */
export const findOfficial = (mechanism: Mechanism, official: OfficialId): MechanismOfficial | undefined =>
  mechanism.officials.find((entry) => entry.id === official);

/** Plain http would show a party's notices to anybody on the way; of this machine nobody is on the way. */
function isWebhookAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, password } = new URL(text);
  const isLoopback = ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
  return username + password === '' && (protocol === 'https:' || (protocol === 'http:' && isLoopback));
}

/** Zones found to exist: asking takes milliseconds each, and a mechanism names a few of them over and over. */
const knownZones = new Set<string>();

function isTimeZone(zone: string): boolean {
  // Offsets such as +03:00 are taken by Intl too, but know no summer time.
  if (!/^[A-Za-z]/.test(zone)) return false;
  try {
    if (!knownZones.has(zone)) new Intl.DateTimeFormat('en', { timeZone: zone });
    knownZones.add(zone);
    return true;
  } catch {
    return false;
  }
}
