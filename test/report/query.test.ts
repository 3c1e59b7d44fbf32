import jmespath from 'jmespath'
import { describe, expect, test } from 'vitest'
import { functions, rawText, readQuery } from '../../src/report/query.js'

const document = {
  ok: true,
  result: {
    mappings: [
      { uuid: 'a', state: 'Enabled', batchSize: 10 },
      { uuid: 'b', state: 'Disabled' },
    ],
  },
  findings: [{ rule: 'no-dead-letter-queue', status: 'warn' }],
  error: null,
}

test.each<[string, unknown]>([
  ['ok', true],
  ['result.mappings[0].uuid', 'a'],
  ['result.mappings[*].uuid', ['a', 'b']],
  ["result.mappings[?state=='Enabled'].batchSize | [0]", 10],
  [
    'result.mappings[].{id: uuid, on: state}',
    [
      { id: 'a', on: 'Enabled' },
      { id: 'b', on: 'Disabled' },
    ],
  ],
  ['length(findings)', 1],
  ['findings[?status==`warn`].rule', ['no-dead-letter-queue']],
  ['sort_by(result.mappings, &state)[0].uuid', 'b'],
  ['nothing.of.the.kind', null],
  ['error', null],
  ['constructor', null],
  ['@', document],
])('%s', async (expression, found) => {
  expect((await readQuery(expression))(document)).toEqual(found)
})

describe('an expression that cannot be read says where', () => {
  test.each<[string, RegExp]>([
    ['', /^--query is empty\.$/],
    ['result.', /: it breaks off at the end\.$/],
    ['result.mappings[', /: it breaks off at the end\.$/],
    ['result.[uuid', /: it breaks off at the end\.$/],
    ['result..uuid', /: character 8, "\.", does not fit there\.$/],
    ['result.mappings]', /: character 16, "]", does not fit there\.$/],
    ['result.mappings[0]]', /: character 19, "]", does not fit there\.$/],
    ['result.mappings[uuid]', /: character 17, "u", does not fit there\.$/],
    ['{a: b c}', /: character 8, "}", does not fit there\.$/],
    ['result #', /: character 8, "#", does not fit there\.$/],
    ['result.m-n', /: character 9, "-", does not fit there\.$/],
    ["findings[?status='warn']", /: character 17, "=", does not fit there\.$/],
    ["findings[?status=='warn]", /: what begins at character 19 cannot be read, or is not closed\.$/],
    ['"result', /: what begins at character 1 cannot be read, or is not closed\.$/],
    ['a.b | "x', /: what begins at character 7 cannot be read, or is not closed\.$/],
    ['lenght(findings)', /^--query: JMESPath has no function lenght\(\) – did you mean length\(\)\?$/],
    ['map(&lenght(@), findings)', /no function lenght\(\)/],
    ['a'.repeat(5000), /longer than 4,096 characters/],
    ['('.repeat(4000), /^--query is no JMESPath expression/],
  ])('%s', async (expression, said) => {
    await expect(readQuery(expression)).rejects.toMatchObject({
      code: 'USAGE',
      message: expect.stringMatching(said),
    })
  })
})

test('a function that cannot take what it is given says so when it is called', async () => {
  const query = await readQuery('length(error)')
  expect(() => query(document)).toThrow(/cannot be applied to this answer: .*length\(\)/)
})

test('the functions are those of the library', () => {
  const missing = functions.filter((name) => {
    try {
      jmespath.search(null, `${name}()`)
      return false
    } catch (error) {
      return String(error).includes('Unknown function')
    }
  })
  expect(missing).toEqual([])
  expect(functions).toHaveLength(26)
})

test.each<[unknown, string | undefined]>([
  ['a text', 'a text'],
  [42, '42'],
  [false, 'false'],
  [null, ''],
  [['a', null, 3], 'a\t\t3'],
  [[], ''],
  [{ a: 1 }, undefined],
  [[['a']], undefined],
])('%j as text', (value, text) => {
  expect(rawText(value)).toBe(text)
})
