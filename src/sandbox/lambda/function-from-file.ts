import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { basename, extname, resolve } from 'node:path'
import type { World } from '../world.js'
import { addFunction } from './new-function.js'
import { newSettings } from './settings.js'
import type { FunctionCode, LambdaFunction } from './state.js'

export interface FunctionFromFile {
  readonly name: string
  /** Path of an .mjs, .js or .cjs file that exports `handler`. It runs where it is, and may be edited meanwhile. */
  readonly file: string
  /** Execution role; it need not exist yet. */
  readonly roleArn: string
  readonly region: string
  /** Default 3, as in Lambda. */
  readonly timeoutSeconds?: number
}

/**
 * Makes an active function of the sandbox's account from a file on this machine. Throws Error when the file cannot
 * be read or has another ending.
 */
export function addFunctionFromFile(world: World, given: FunctionFromFile): LambdaFunction {
  const file = resolve(given.file)
  const ending = extname(file)
  if (!['.mjs', '.js', '.cjs'].includes(ending)) {
    throw new Error(`${given.file} is no handler: the file must end in .mjs, .js or .cjs`)
  }
  return addFunction(world, {
    name: given.name,
    account: world.account,
    region: given.region,
    code: codeByPath(file),
    settings: newSettings(given.name, {
      roleArn: given.roleArn,
      // Everything behind the first dot names the export.
      handler: `${basename(file).split('.')[0]}.handler`,
      ...(given.timeoutSeconds === undefined ? {} : { timeoutSeconds: given.timeoutSeconds }),
    }),
    activationMs: 0,
  })
}

function codeByPath(file: string): FunctionCode {
  const bytes = readFileSync(file)
  return {
    kind: 'path',
    file,
    size: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('base64'),
  }
}
