import { complete } from './complete.js'
import { localNames } from './local-names.js'
import { type PackedTable, unpacked } from './packed-table.js'
import { completeWord, linesFor, shells, wordsFrom } from './shells.js'

/**
 * The entry that a shell asks at every press of the tab key: `__complete <shell> sqs-trigger <words>`. A bundle of its
 * own with the table in it, so that it loads nothing else; whatever goes wrong, it says nothing.
 */
const [word, shell, , ...words] = process.argv.slice(2)
const known = shells.find((name) => name === shell)
if (word === completeWord && known !== undefined && typeof SQS_TRIGGER_COMPLETIONS === 'string') {
  // Written by the build from the same type.
  const table = unpacked(JSON.parse(SQS_TRIGGER_COMPLETIONS) as PackedTable)
  const found = complete(wordsFrom(known, words), table, localNames(process.env))
  process.stdout.write(
    linesFor(known, found)
      .map((line) => `${line}\n`)
      .join(''),
  )
}
