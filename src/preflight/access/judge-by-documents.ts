import { type Fact, type UnknownFact, unknown } from '../fact.js'
import type { Judgement } from '../facts.js'
import type { Inquiry } from './access-question.js'
import type { Told } from './ask-simulator.js'
import { conclude } from './conclude.js'
import { type IdentityRead, isReadable, type PrincipalDocuments } from './principal-documents.js'
import {
  boundaryRefuses,
  openKeys,
  organizationMayRefuse,
  organizationRefuses,
  unreadBoundary,
} from './simulated-layers.js'
import { policiesDisagree } from './sources-disagree.js'

/** What IAM's simulator said, or why it said nothing. */
type Simulated = Told | UnknownFact

/** Judges by the principal's policies as they are written, where the simulator was refused or left it open. */
export async function judgeByDocuments(
  { request, layers, unread }: Inquiry,
  simulated: Simulated,
  documents: PrincipalDocuments,
): Promise<Fact<Judgement>> {
  const read = await documents.all()
  if (read.state === 'absent') return read
  const told = 'answer' in simulated ? simulated : undefined
  const open = told ? openKeys(told.answer, request.facts) : []
  const lastWord = told && open.length === 0 ? boundaryRefuses(told.answer) : undefined
  if (told && lastWord && isIncomplete(read)) {
    const all = { ...layers, ...lastWord }
    return conclude({ request, layers: all, answer: told.answer, assumption: unreadBoundary, unread })
  }
  const own = read.state === 'known' ? ownLayers(read.value) : ({ identity: 'unreadable' } as const)
  const disagreement = told && policiesDisagree({ request, ...told }, own)
  if (disagreement !== undefined) return disagreement
  const refused = told !== undefined && organizationRefuses(told.answer)
  const organization = refused ? ({ scps: 'unreadable' } as const) : {}
  const gap = whyOpen(simulated, open, read)
  const ofOrganization =
    gap === undefined ? organizationMayRefuse() : `${organizationMayRefuse()}, and ${gap.why}`
  const fact = conclude({
    request,
    layers: { ...layers, ...own, ...organization },
    gap: refused ? { why: ofOrganization, permission: gap?.permission } : gap,
    unread,
  })
  // Told the tags, the simulator may well settle what the documents left open.
  const turnsOnTags = fact.state === 'unknown' && open.some((key) => /^aws:ResourceTag\//i.test(key))
  return turnsOnTags ? { ...fact, turnsOnTags } : fact
}

/** For an action that is only asked along: what the simulator said of it without being sure, and nothing more. */
export function takeItsWord({ request, layers, unread }: Inquiry, { answer }: Told): Fact<Judgement> {
  const open = openKeys(answer, request.facts)
  if (open.length > 0) return unknown(dependsOn(open), undefined, 'context')
  const lastWord = boundaryRefuses(answer)
  if (lastWord === undefined) return unknown(organizationMayRefuse(), undefined, 'guardrail')
  const all = { ...layers, ...lastWord }
  return conclude({ request, layers: all, answer, assumption: unreadBoundary, unread })
}

const ownLayers = ({ gaps: _gaps, ...layers }: IdentityRead) => layers

const isIncomplete = (read: Fact<IdentityRead>) =>
  read.state !== 'known' || !isReadable(read.value.identity) || !isReadable(read.value.boundary)

const dependsOn = (keys: readonly string[]) => `IAM’s simulator says that it depends on ${keys.join(', ')}`

/** Why it stays open, and what would settle it; undefined: all documents could be read. */
function whyOpen(simulated: Simulated, open: readonly string[], read: Fact<IdentityRead>) {
  const gaps =
    read.state === 'known'
      ? read.value.gaps
      : [{ why: read.reason, permission: read.state === 'unknown' ? read.permission : undefined }]
  if (gaps.length === 0) return undefined
  const documents = [...new Set(gaps.map(({ why }) => why))].join(', ')
  const first = gaps.find(({ permission }) => permission !== undefined)?.permission
  if ('answer' in simulated) {
    return { why: open.length === 0 ? documents : `${dependsOn(open)}, and ${documents}`, permission: first }
  }
  // A simulator that failed is not to be had by a permission; one that was refused settles more than any document.
  const permission = simulated.refusal === undefined ? (first ?? simulated.permission) : simulated.permission
  return { why: `${simulated.reason}, and ${documents}`, permission }
}
