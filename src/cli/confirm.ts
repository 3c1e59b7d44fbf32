import type { CommandContext } from './command-context.js'
import { cancelled } from './prompter.js'

/** Asks whether to go ahead, unless `--yes` said so. Declining ends the run with 130: nothing was changed. */
export async function confirm(question: string, context: CommandContext): Promise<void> {
  if (context.globals.yes) return
  context.reporter.pause()
  if (!(await context.prompter.confirm(question, true))) throw cancelled()
}
