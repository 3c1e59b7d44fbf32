import type { CommandContext } from '../command-context.js'
import { cancelled } from './prompter.js'

/**
 * Asks whether to go ahead, unless `--yes` said so. Declining ends the run with 130: nothing was changed. `preset`
 * is what Enter alone means: no where something that works would stop.
 */
export async function confirm(question: string, context: CommandContext, preset = true): Promise<void> {
  if (context.globals.yes) return
  context.reporter.pause()
  if (!(await context.prompter.confirm(question, preset))) throw cancelled()
}
