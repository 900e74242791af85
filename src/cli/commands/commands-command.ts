/** `commands [TYPE]`: every command that `send` takes, with its fields, from the schema that the API checks by. */
import type { Command } from 'commander';
import pc from 'picocolors';
import { z } from 'zod';
import { commandSchema } from '../../contracts/commands';
import { commandTable } from '../../domain/model/command-table';
import type { CommandType } from '../../domain/model/commands';
import { CliError } from '../cli-error';
import { exampleText } from '../command-context';
import type { CommandContext } from '../command-context';
import { nearest } from '../../stack/process/nearest';
import { tableLines } from '../print/print-table';

/** As much of JSON Schema as the commands' own has. */
interface Schema {
  readonly const?: unknown;
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly format?: string;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly description?: string;
}

export function addCommandsCommand(program: Command, { run }: CommandContext): void {
  program
    .command('commands')
    .argument('[type]', 'one of them, e.g. placeHold')
    .summary('the commands that `send` takes, and their fields')
    .addHelpText('after', exampleText('commands', 'commands placeHold', 'commands proposePlan --json'))
    .action(
      run((terminal, type?: string) => {
        const known = commandSchemas();
        if (type === undefined) {
          terminal.show(Object.keys(known), () =>
            tableLines(
              Object.entries(known).map(([name, schema]) => [pc.bold(name), namesOf(schema).join(', ')]),
            ),
          );
          return Promise.resolve();
        }
        const schema = known[type];
        if (!schema) {
          const meant = nearest(type, Object.keys(known));
          throw new CliError(
            'usage',
            `There is no command ${type}.`,
            meant === undefined ? '`homeward commands` lists them.' : `Did you mean ${meant}?`,
          );
        }
        terminal.show(schema, () => commandLines(type, schema));
        return Promise.resolve();
      }),
    );
}

function commandSchemas(): Record<string, Schema> {
  const all = z.toJSONSchema(commandSchema, { io: 'input', reused: 'inline', unrepresentable: 'any' }) as {
    oneOf?: readonly (Schema & { $ref?: string })[];
    anyOf?: readonly (Schema & { $ref?: string })[];
    $defs?: Readonly<Record<string, Schema>>;
  };
  return Object.fromEntries(
    (all.oneOf ?? all.anyOf ?? []).map((option) => {
      const schema =
        option.$ref === undefined ? option : (all.$defs?.[option.$ref.split('/').pop() ?? ''] ?? {});
      return [String(schema.properties?.type?.const), schema];
    }),
  );
}

const fieldsOf = ({ properties = {} }: Schema): [string, Schema][] =>
  Object.entries(properties).filter(([name]) => name !== 'type');
const namesOf = (schema: Schema): string[] =>
  fieldsOf(schema).map(([name]) => (schema.required?.includes(name) ? name : `${name}?`));

function commandLines(type: string, schema: Schema): string[] {
  const { by, stages } = commandTable[type as CommandType];
  const offices =
    typeof by === 'string' ? by : by.map(({ kind, roles }) => `${kind} (${roles.join(', ')})`).join(', ');
  return [
    pc.bold(type),
    `  sent by  ${offices}`,
    `  in       ${stages.join(', ')}`,
    ...fieldLines(schema, '  '),
    '',
    `homeward send 7Q2M-4ZK9 ${type}${fieldsOf(schema).length === 0 ? '' : " '{…}'"}`,
  ];
}

function fieldLines(schema: Schema, indent: string): string[] {
  return fieldsOf(schema).flatMap(([name, field]) => {
    const needed = schema.required?.includes(name) ? '' : ' (may be left out)';
    const { description } = field;
    const inner = field.properties ? field : field.items?.properties ? field.items : undefined;
    return [
      `${indent}${pc.bold(name)}: ${typeText(field)}${needed}${description === undefined ? '' : ` – ${description}`}`,
      ...(inner ? fieldLines(inner, `${indent}  `) : []),
    ];
  });
}

function typeText({
  const: constant,
  enum: words,
  anyOf,
  oneOf,
  items,
  type,
  format,
  pattern,
  properties,
}: Schema): string {
  if (constant !== undefined) return JSON.stringify(constant);
  if (words) return words.map(String).join(' | ');
  const options = anyOf ?? oneOf;
  if (options)
    return options
      .map((option) =>
        option.properties
          ? `{ ${fieldsOf(option)
              .map(([name, field]) =>
                field.const === undefined ? name : `${name}: ${JSON.stringify(field.const)}`,
              )
              .join(', ')} }`
          : typeText(option),
      )
      .join(' | ');
  if (type === 'array') return `list of ${items ? typeText(items) : 'anything'}`;
  if (properties) return 'object';
  if (format !== undefined) return format;
  return pattern === undefined ? (type ?? 'anything') : `${type ?? 'string'} ${pattern}`;
}
