import { randomUUID } from 'node:crypto'
import { realpath, rename, rm, stat, writeFile } from 'node:fs/promises'
import type { CommandContext } from '../cli/command-context.js'
import { usualFile } from '../cli/files/project-file.js'
import { nextCommand } from '../command-line.js'
import { known } from '../preflight/fact.js'
import type { Outcome } from '../report/outcome.js'

type Wired = Extract<Outcome, { kind: 'wired' }>

/**
 * Offers to keep what was done in the file of the project: where there is one, to add it there; where there is none, the
 * command that writes one stands among what to do next. Nothing is written unasked, and nothing is overwritten.
 */
export async function offerToSave(outcome: Wired, context: CommandContext): Promise<Wired> {
  const { project, connection } = context
  const { mapping } = outcome.result
  if (project === null) {
    // All of them: whoever keeps each by its own command would overwrite the one before.
    const command = `${nextCommand(connection, 'export')} > ${usualFile}`
    return { ...outcome, next: [...outcome.next, { command, does: 'keep all in a file' }] }
  }
  const [{ nameOfFunction, nameOfQueue }, { textOfManifest }] = await Promise.all([
    import('../fleet/names.js'),
    import('../cli/files/manifest-file.js'),
  ])
  const isNamed = project.triggers.some(
    (one) =>
      nameOfQueue(one.queue) === nameOfQueue(mapping.queueArn) &&
      nameOfFunction(one.function) === nameOfFunction(mapping.functionArn),
  )
  if (isNamed) return outcome
  context.reporter.pause()
  if (!(await context.prompter.confirm(`Add it to ${project.file}, for plan and apply?`, true)))
    return outcome

  const [{ withTrigger }, { triggerLines }, { rules }] = await Promise.all([
    import('../fleet/manifest/add-trigger.js'),
    import('../export/yaml.js'),
    import('../preflight/rules/index.js'),
  ])
  const tags = known(outcome.plan.settings.tags ?? {})
  const exported = { mapping, tags, functionArn: mapping.functionArn, qualifier: null }
  const lines = triggerLines(exported, outcome.plan.context)
  // As it is now: it may have been changed while questions were answered.
  const text = withTrigger(await textOfManifest(project.file), lines, rules)
  if (text === null) {
    context.reporter.note(`${project.file} is not written so that a line could be added. Add below triggers:`)
    for (const line of lines) context.reporter.note(line)
    return outcome
  }
  await replaced(project.file, text)
  context.reporter.note(
    `Added to ${project.file}. It is not yet the file's own: sqs-trigger apply --adopt takes it over.`,
  )
  return outcome
}

/** All of it or nothing, with the rights that the file had: it belongs to the project, and is no secret. */
async function replaced(path: string, text: string): Promise<void> {
  const file = await realpath(path)
  const { mode } = await stat(file)
  const beside = `${file}.${randomUUID()}.tmp`
  try {
    await writeFile(beside, text, { flag: 'wx', mode })
    await rename(beside, file)
  } finally {
    await rm(beside, { force: true })
  }
}
