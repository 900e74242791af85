/** How a group is read: from which table its head, and how its events fold. */
import { evolveGroup } from '../../domain/group/evolve';
import type { Group, GroupEvent } from '../../domain/group/group';
import type { StreamShape } from './case-reader';

export const groupShape: StreamShape<Group, GroupEvent> = { heads: 'groups', evolve: evolveGroup };
