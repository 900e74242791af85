/** Writes the OpenAPI document as any API serves it to the file that is named, without starting one. */
import { writeFileSync } from 'node:fs';
import { createOpenapiDocument } from '../../src/http/openapi';
import { partsWithoutServers } from '../http/support/parts-without-servers';

const [, , file] = process.argv;
if (file === undefined) throw new Error('which file?');
writeFileSync(file, JSON.stringify(createOpenapiDocument(partsWithoutServers())));
