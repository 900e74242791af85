/** Names of the commands that officials send. */
import { z } from 'zod';
import { commandTable } from '../../domain/model/command-table';
import type { OfficialsCommandType } from '../../domain/model/command-table';
import type { CommandType } from '../../domain/model/commands';

const officials = (Object.keys(commandTable) as CommandType[]).filter(
  (type): type is OfficialsCommandType => commandTable[type].by !== 'system',
);
export const commandTypeSchema = z
  .enum(officials as [OfficialsCommandType, ...OfficialsCommandType[]])
  .meta({ id: 'CommandType' });
