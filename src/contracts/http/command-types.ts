/** Names of the commands that officials send. */
import { z } from 'zod';
import { commandTable } from '../../domain/model/command-table';
import type { CommandType } from '../../domain/model/commands';
import type { systemCommands } from '../commands';

export type OfficialsCommandType = Exclude<CommandType, (typeof systemCommands)[number]>;
const officials = (Object.keys(commandTable) as CommandType[]).filter(
  (type): type is OfficialsCommandType => commandTable[type].by !== 'system',
);
export const commandTypeSchema = z
  .enum(officials as [OfficialsCommandType, ...OfficialsCommandType[]])
  .meta({ id: 'CommandType' });
