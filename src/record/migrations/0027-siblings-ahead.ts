/** Whose waiver another case has not heard of, the upkeep asks each minute. */
export const siblingsAhead = /* sql */ `
create index events_of_waivers on events (case_id) where type = 'SiblingUnityWaived';
`;
