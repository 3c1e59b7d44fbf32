import { shown } from '../../shown.js'
import { didYouMean } from '../../suggest.js'
import type { IgnoreEntry } from '../manifest.js'
import { type Faults, kindOf, readMembers, readText, textOf } from './tree-readers.js'
import type { TreeEntry, TreeNode } from './yaml-tree.js'

/** The rules that there are, as far as a reader of ignores has to know them. */
export type KnownRules = readonly { readonly slug: string; readonly enforcedByAws: boolean }[]

/** One item of `ignore:`. */
export const ignoreReader =
  (rules: KnownRules) =>
  (node: TreeNode, faults: Faults): IgnoreEntry | undefined => {
    const read = readMembers(node, 'an ignore', table, faults)
    if (read === undefined) return undefined
    const { rule, queue = null, function: functionName = null, reason, expires = null } = read
    if (node.kind === 'map') {
      const named = (key: string) => node.entries.some((entry) => entry.key === key)
      if (!named('rule')) faults.add(node.at, 'an ignore names a rule, such as rule: no-dead-letter-queue')
      if (!named('reason')) faults.add(node.at, 'an ignore has a reason: write why this is as it should be')
    }
    if (rule === undefined) return undefined
    const at =
      node.kind === 'map' ? (node.entries.find(({ key }) => key === 'rule')?.value.at ?? node.at) : node.at
    const known = rules.find(({ slug }) => slug === rule)
    if (known === undefined) {
      const slugs = rules.map(({ slug }) => slug)
      return faults.add(at, `there is no rule ${shown(rule)}${didYouMean(rule, slugs)}`)
    }
    if (known.enforcedByAws) return faults.add(at, `${rule} cannot be ignored: AWS itself enforces it`)
    if (reason === undefined) return undefined
    return { rule, queue, function: functionName, reason, expires, at: node.at }
  }

const table = {
  rule: readText,
  queue: readText,
  function: readText,
  reason: readText,
  expires: readDay,
} as const

/** A day that there is: `2027-02-30` is none. */
function readDay({ value: node }: TreeEntry, faults: Faults): string | undefined {
  const text = textOf(node) ?? ''
  const day = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : undefined
  if (day && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text)) return text
  return faults.add(node.at, `expires is a day such as 2027-03-31, not ${kindOf(node)}`)
}
