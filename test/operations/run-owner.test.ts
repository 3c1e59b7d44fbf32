import { expect, test } from 'vitest'
import { type CalledFunction, whose } from '../../src/operations/runs/run-owner.js'

const called = (qualifier?: string, version?: string, logGroup = '/aws/lambda/ok'): CalledFunction => ({
  handle: { name: 'ok', ...(qualifier === undefined ? {} : { qualifier }) },
  version,
  logGroup,
})
const plain = '2026/11/23/[$LATEST]0123456789abcdef0123456789abcdef'
const of = (name: string, version: string) => `2026/11/23/${name}[${version}]0123456789abcdef0123456789abcdef`
const shared = '/shared/app'

const rows: readonly (readonly [string, { stream?: string; version?: string }, CalledFunction, string])[] = [
  ['the group of the function', { stream: plain }, called(), 'own'],
  ['another version in it', { stream: of('', '3') }, called(), 'other'],
  ['the first line tells the version', { stream: 's', version: '3' }, called(), 'other'],
  ['the version that is named', { stream: of('', '3') }, called('3', '3'), 'own'],
  ['the version of the alias', { stream: of('', '3') }, called('live', '3'), 'own'],
  ['$LATEST is no version of the alias', { stream: plain }, called('live', '3'), 'other'],
  ['a weighted or moved alias', { stream: of('', '4') }, called('live', '3'), 'unsure'],
  ['an alias that nobody could read', { stream: of('', '4') }, called('live'), 'unsure'],
  ['an alias of $LATEST', { stream: of('', '4') }, called('live', '$LATEST'), 'other'],
  [
    'a shared group, its own stream',
    { stream: of('ok', '$LATEST') },
    called(undefined, undefined, shared),
    'own',
  ],
  [
    'a shared group, of another',
    { stream: of('slow', '$LATEST') },
    called(undefined, undefined, shared),
    'other',
  ],
  ['another function in its own group', { stream: of('slow', '$LATEST') }, called(), 'other'],
  ['a shared group without a name', { stream: plain }, called(undefined, undefined, shared), 'unsure'],
  [
    'a stream that Lambda did not make',
    { stream: 'x', version: '$LATEST' },
    called(undefined, undefined, shared),
    'unsure',
  ],
  ['no stream', {}, called(), 'unsure'],
  [
    'the group of another function',
    { stream: plain },
    called(undefined, undefined, '/aws/lambda/slow'),
    'other',
  ],
]

test.each(rows)('%s', (_, run, target, expected) => {
  expect(whose(run, target)).toBe(expected)
})
