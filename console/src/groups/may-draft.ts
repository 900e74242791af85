/** Who drafts a group: as the table of its commands says, which the API goes by. */
import { groupCommandTable } from '#domain/group/command-table';
import type { Session } from '../api/types';

export const mayDraft = ({ kind, roles }: Session): boolean =>
  groupCommandTable.draftGroup.by.some(
    (office) => office.kind === kind && office.roles.some((role) => roles.includes(role)),
  );
