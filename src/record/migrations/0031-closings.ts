/** Cases that were told what a later version of their mechanism closes are found without reading their events. */
export const closings = /* sql */ `
create index events_closings on events (case_id) where type = 'ClosingsNoted';
`;
