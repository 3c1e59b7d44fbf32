import { describe, expect, test } from 'vitest'
import { actions } from '../../src/sandbox/actions.js'
import { AwsFault } from '../../src/sandbox/aws-fault.js'
import { type Action, defineAction } from '../../src/sandbox/define-action.js'
import type { Protocol, WireRequest } from '../../src/sandbox/protocols/protocol.js'
import { queryXml } from '../../src/sandbox/protocols/query-xml.js'
import { restJson } from '../../src/sandbox/protocols/rest-json.js'

const wire = (more: Partial<WireRequest>): WireRequest => ({
  method: 'POST',
  path: '/',
  query: new URLSearchParams(),
  headers: {},
  body: Buffer.alloc(0),
  ...more,
})

const action = (more: Partial<Action>) =>
  defineAction({
    service: 'lambda',
    name: 'Try',
    decode: (raw) => raw,
    needs: () => [],
    run: () => ({}),
    ...more,
  })

function route(protocol: Protocol, request: WireRequest, known: readonly Action[]) {
  const routed = protocol.route(request, known)
  if (!routed) throw new Error('another protocol')
  return routed
}

describe('query requests', () => {
  const form = (body: string) =>
    wire({
      headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
      body: Buffer.from(`Version=2010-05-08&Action=Try&${body}`),
    })
  const read = (body: string) => route(queryXml, form(body), []).read()

  test.each([
    { body: 'RoleName=a%20b', folded: { RoleName: 'a b' } },
    { body: 'Names.member.1=a&Names.member.2=b', folded: { Names: ['a', 'b'] } },
    { body: 'Names.member.10=j&Names.member.9=i', folded: { Names: ['i', 'j'] } },
    { body: 'Names=', folded: { Names: '' } },
    {
      body: 'Entries.member.1.Key=k&Entries.member.1.Values.member.1=v&Entries.member.2.Key=l',
      folded: { Entries: [{ Key: 'k', Values: ['v'] }, { Key: 'l' }] },
    },
    {
      body: 'Map.entry.1.key=a&Map.entry.1.value=1&Map.entry.2.key=b&Map.entry.2.value=2',
      folded: { Map: { a: '1', b: '2' } },
    },
    { body: 'Filter.Name=x', folded: { Filter: { Name: 'x' } } },
  ])('$body', ({ body, folded }) => {
    expect(read(body)).toEqual(folded)
  })

  test.each(['__proto__.polluted=1', 'a.__proto__.polluted=1', 'constructor.prototype.polluted=1'])(
    '%s reaches no prototype',
    (body) => {
      read(body)
      expect({}).not.toHaveProperty('polluted')
    },
  )

  test.each([`${'a.'.repeat(40)}b=1`, 'a=1&a.b=2'])('%s is refused', (body) => {
    expect(() => read(body)).toThrow(AwsFault)
  })
})

describe('query answers', () => {
  const routed = { service: 'iam', operation: 'Try', action: undefined, read: () => ({}) } as const
  const result = (output: unknown) => String(queryXml.answer(routed, output, 'r-1').body)

  test.each([
    { output: { Name: 'a & <b> "c"' }, xml: '<Name>a &amp; &lt;b&gt; &quot;c&quot;</Name>' },
    { output: { Names: ['a', 'b'] }, xml: '<Names><member>a</member><member>b</member></Names>' },
    { output: { Names: [] }, xml: '<Names></Names>' },
    { output: { Absent: undefined, On: true, Count: 3 }, xml: '<On>true</On><Count>3</Count>' },
    { output: { At: new Date(Date.UTC(2026, 0, 2, 3, 4, 5, 6)) }, xml: '<At>2026-01-02T03:04:05Z</At>' },
    {
      output: { Details: new Map([['k', 'v']]) },
      xml: '<Details><entry><key>k</key><value>v</value></entry></Details>',
    },
    { output: { Text: 'a\u0000b\r' }, xml: '<Text>a\ufffdb&#xD;</Text>' },
  ])('$xml', ({ output, xml }) => {
    expect(result(output)).toBe(
      `<TryResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><TryResult>${xml}</TryResult><ResponseMetadata><RequestId>r-1</RequestId></ResponseMetadata></TryResponse>`,
    )
  })

  test('no output, no result element', () => {
    expect(result(undefined)).not.toContain('TryResult')
  })

  test('an error', () => {
    const fault = new AwsFault('NoSuchEntity', 'The role with name x cannot be found.', { status: 404 })
    expect(queryXml.fault('iam', fault, 'r-1')).toMatchObject({
      status: 404,
      body: '<ErrorResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><Error><Type>Sender</Type><Code>NoSuchEntity</Code><Message>The role with name x cannot be found.</Message></Error><RequestId>r-1</RequestId></ErrorResponse>',
    })
  })
})

describe('REST requests', () => {
  const getFunction = action({
    name: 'GetFunction',
    rest: { method: 'GET', path: '/2015-03-31/functions/{FunctionName}', status: 200 },
  })
  const untag = action({
    name: 'UntagResource',
    rest: {
      method: 'DELETE',
      path: '/2017-03-31/tags/{Resource}',
      status: 204,
      lists: { tagKeys: 'TagKeys' },
    },
  })
  const invoke = action({
    name: 'Invoke',
    rest: {
      method: 'POST',
      path: '/2015-03-31/functions/{FunctionName}/invocations',
      status: 200,
      headers: { 'x-amz-invocation-type': 'InvocationType' },
      payload: 'Payload',
      raw: true,
    },
  })
  const forMappings = action({
    name: 'ListTags',
    rest: {
      method: 'GET',
      path: '/2017-03-31/tags/{Resource}',
      status: 200,
      takes: ({ Resource }) => String(Resource).includes(':event-source-mapping:'),
    },
  })
  const forFunctions = action({
    name: 'ListTags',
    rest: { method: 'GET', path: '/2017-03-31/tags/{Resource}', status: 200 },
  })
  const known = [getFunction, untag, invoke, forMappings, forFunctions]
  const at = (method: string, target: string, more: Partial<WireRequest> = {}) => {
    const url = new URL(target, 'http://127.0.0.1')
    return route(restJson, wire({ method, path: url.pathname, query: url.searchParams, ...more }), known)
  }

  test('labels are decoded, a trailing slash does not matter, query parameters are members', () => {
    const arn = 'arn:aws:lambda:us-east-1:111122223333:function:f:live'
    const routed = at('GET', `/2015-03-31/functions/${encodeURIComponent(arn)}/?Qualifier=live`)
    expect(routed.action).toBe(getFunction)
    expect(routed.read()).toEqual({ FunctionName: arn, Qualifier: 'live' })
  })

  test('lists of the query string', () => {
    expect(at('DELETE', '/2017-03-31/tags/x?tagKeys=a&tagKeys=b').read()).toEqual({
      Resource: 'x',
      TagKeys: ['a', 'b'],
    })
    expect(at('DELETE', '/2017-03-31/tags/x?tagKeys=a').read()).toEqual({ Resource: 'x', TagKeys: ['a'] })
  })

  test('headers and a blob for a body', () => {
    const body = Buffer.from('not JSON')
    const routed = at('POST', '/2015-03-31/functions/f/invocations', {
      headers: { 'x-amz-invocation-type': 'Event' },
      body,
    })
    expect(routed.read()).toEqual({ FunctionName: 'f', InvocationType: 'Event', Payload: body })
  })

  test('two actions of one path', () => {
    expect(at('GET', '/2017-03-31/tags/arn:aws:lambda:r:1:event-source-mapping:u').action).toBe(forMappings)
    expect(at('GET', '/2017-03-31/tags/arn:aws:lambda:r:1:function:f').action).toBe(forFunctions)
  })

  test('an unknown path is Lambda’s all the same', () => {
    expect(at('PATCH', '/2015-03-31/functions/f')).toMatchObject({
      service: 'lambda',
      operation: 'PATCH /2015-03-31/functions/f',
      action: undefined,
    })
  })

  test.each([
    { code: 'InvalidParameterValueException', status: 400, body: { Type: 'User', message: 'm' } },
    { code: 'ResourceNotFoundException', status: 404, body: { Type: 'User', Message: 'm' } },
    { code: 'ResourceInUseException', status: 400, body: { Type: 'User', Message: 'm' } },
    { code: 'ValidationException', status: 400, body: { message: 'm' } },
    { code: 'AccessDeniedException', status: 403, body: { Message: 'm' } },
    { code: 'ServiceException', status: 500, body: { Type: 'Service', Message: 'm' } },
  ])('the error $code', ({ code, status, body }) => {
    const answer = restJson.fault('lambda', new AwsFault(code, 'm', { status }), 'r-1')
    expect(answer).toMatchObject({ status, headers: { 'x-amzn-errortype': code } })
    expect(JSON.parse(String(answer.body))).toEqual(body)
  })
})

describe('the list of actions', () => {
  test('every Lambda action says where its parts stand, and no other does', () => {
    const wrong = actions.filter(({ service, rest }) => (service === 'lambda') !== (rest !== undefined))
    expect(wrong.map(({ name }) => name)).toEqual([])
  })

  test('no operation is there twice, unless they say whose request is whose', () => {
    const taken = new Set<string>()
    const twice = actions.filter(({ service, name, rest }) => {
      if (rest?.takes) return false
      const known = taken.has(`${service} ${name}`)
      taken.add(`${service} ${name}`)
      return known
    })
    expect(twice.map(({ name }) => name)).toEqual([])
  })
})
