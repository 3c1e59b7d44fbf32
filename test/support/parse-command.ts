import { findCommand } from '../../src/cli/find-command.js'
import { parseArguments } from '../../src/cli/parse-arguments.js'

/** Reads a command line of the tool, its name taken off, as the tool would: rejects what it would refuse. */
export async function parseCommand([name = '', ...words]: readonly string[]) {
  return parseArguments((await findCommand(name).load()).default, words)
}
