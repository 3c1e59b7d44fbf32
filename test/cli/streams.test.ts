import { expect, test } from 'vitest'
import { openStreams, type StreamChoices } from '../../src/cli/streams.js'
import { fakeHost } from './fake-host.js'

const usual: StreamChoices = { color: undefined, ascii: false, input: true }

function opened(
  env: Record<string, string>,
  terminal: boolean,
  choices: Partial<StreamChoices> = {},
  columns = 80,
) {
  return openStreams(fakeHost([], { env, terminal, columns }).host, { ...usual, ...choices })
}

test.each<[string, Record<string, string>, boolean, Partial<StreamChoices>, boolean]>([
  ['a terminal', {}, true, {}, true],
  ['a pipe', {}, false, {}, false],
  ['NO_COLOR', { NO_COLOR: '1' }, true, {}, false],
  ['an empty NO_COLOR', { NO_COLOR: '' }, true, {}, true],
  ['FORCE_COLOR on a pipe', { FORCE_COLOR: '1' }, false, {}, true],
  ['FORCE_COLOR over NO_COLOR', { FORCE_COLOR: '1', NO_COLOR: '1' }, false, {}, true],
  ['FORCE_COLOR=0', { FORCE_COLOR: '0' }, true, {}, false],
  ['--no-color over FORCE_COLOR', { FORCE_COLOR: '1' }, true, { color: false }, false],
  ['--color on a pipe', {}, false, { color: true }, true],
  ['CI', { CI: 'true' }, true, {}, false],
  ['CI=false', { CI: 'false' }, true, {}, true],
  ['TERM=dumb', { TERM: 'dumb' }, true, {}, false],
])('colour: %s', (_, env, terminal, choices, colour) => {
  expect(opened(env, terminal, choices).stdout.colour).toBe(colour)
})

test.each<[string, Record<string, string>, boolean, Partial<StreamChoices>, boolean, boolean]>([
  ['a terminal', {}, true, {}, true, true],
  ['a pipe', {}, false, {}, false, false],
  ['CI', { CI: '1' }, true, {}, false, false],
  ['TERM=dumb', { TERM: 'dumb' }, true, {}, false, true],
  ['--accessible', {}, true, { accessible: true }, false, true],
  ['--accessible on a pipe', {}, false, { accessible: true }, false, false],
])('animation and questions: %s', (_, env, terminal, choices, animate, canPrompt) => {
  const streams = opened(env, terminal, choices)
  expect([streams.stderr.animate, streams.canPrompt]).toEqual([animate, canPrompt])
})

test.each<[string, Record<string, string>, boolean | undefined, boolean]>([
  ['nothing said', {}, undefined, false],
  ['--accessible', {}, true, true],
  ['ACCESSIBLE', { ACCESSIBLE: '1' }, undefined, true],
  ['ACCESSIBLE=0', { ACCESSIBLE: '0' }, undefined, false],
  ['an empty ACCESSIBLE', { ACCESSIBLE: '' }, undefined, false],
  ['--no-accessible over ACCESSIBLE', { ACCESSIBLE: '1' }, false, false],
  ['TERM=dumb, which is no screen reader', { TERM: 'dumb' }, undefined, false],
])('words for symbols: %s', (_, env, accessible, wanted) => {
  const { stdout, stderr } = opened(env, true, { accessible })
  expect([stdout.accessible, stderr.accessible]).toEqual([wanted, wanted])
})

test('a terminal that does not know its width is not repainted: lines could not be counted', () => {
  const { stderr, canPrompt } = opened({}, true, {}, 0)
  expect([stderr.animate, stderr.columns, canPrompt]).toEqual([false, 80, true])
})

test('--no-input forbids questions and nothing else', () => {
  const streams = opened({}, true, { input: false })
  expect([streams.stderr.animate, streams.canPrompt]).toEqual([true, false])
})

test('stdout may be piped while a person sits at the rest', () => {
  const { host } = fakeHost([], { terminal: true })
  const piped = fakeHost([]).host.stdout
  const streams = openStreams({ ...host, stdout: piped }, usual)
  expect([streams.stdout.colour, streams.stderr.colour, streams.canPrompt]).toEqual([false, true, true])
})

test.each<[Record<string, string>, boolean, boolean]>([
  [{}, false, true],
  [{ LANG: 'C' }, false, false],
  [{ LANG: 'de_DE.UTF-8' }, false, true],
  [{ LANG: 'C', LC_ALL: 'C.utf8' }, false, true],
  [{ LANG: 'en_US.UTF-8', LC_ALL: 'POSIX' }, false, false],
  [{ LANG: 'en_US.UTF-8' }, true, false],
])('symbols with %j and --ascii %s: %s', (env, ascii, unicode) => {
  expect(opened(env, true, { ascii }).stdout.unicode).toBe(unicode)
})

test.each([
  [80, 80],
  [40, 40],
  [300, 100],
  [5, 20],
  [0, 80],
])('a terminal of %i columns is written for %i', (columns, laidOut) => {
  expect(opened({}, true, {}, columns).stdout.columns).toBe(laidOut)
})

test.each<[string, Record<string, string>, boolean, number]>([
  ['a pipe', { COLUMNS: '' }, false, Number.POSITIVE_INFINITY],
  ['a pipe whose user says how wide', { COLUMNS: '70' }, false, 70],
  ['a terminal', { COLUMNS: '' }, true, 80],
])('a table for %s is cut as little as can be', (_, env, terminal, tableColumns) => {
  expect(opened(env, terminal).stdout.tableColumns).toBe(tableColumns)
})
