import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  functionAddress,
  nameIn,
  parseArn,
  queueAddress,
  readFunctionReference,
  readQueueReference,
  roleNameOf,
} from '../../src/arn.js'
import { endpointFault, withoutUser } from '../../src/endpoint-url.js'

const word = (longest: number) => fc.stringMatching(new RegExp(`^[A-Za-z0-9_-]{1,${longest}}$`))
const place = fc.record({
  partition: fc.constantFrom('aws', 'aws-cn', 'aws-us-gov', 'aws-eusc'),
  region: fc.constantFrom('us-east-1', 'cn-north-1', 'us-gov-west-1', 'eusc-de-east-1', 'ap-southeast-7'),
  account: fc.stringMatching(/^\d{12}$/),
})
const queueName = fc.tuple(word(75), fc.boolean()).map(([name, fifo]) => (fifo ? `${name}.fifo` : name))
const qualifier = fc.oneof(fc.constantFrom('$LATEST', '1', '17'), word(128))

test('the ARN of a queue is read back as the same address', () => {
  fc.assert(
    fc.property(place, queueName, (where, name) => {
      const address = queueAddress({ ...where, name })
      expect(readQueueReference(address.arn)).toEqual({ kind: 'arn', address })
      expect(parseArn(address.arn)).toEqual({ ...where, service: 'sqs', resource: name })
      expect(nameIn(address.arn)).toBe(name)
    }),
  )
})

test('the URL of a queue is read back as its account, its name and, of AWS, its Region', () => {
  const hosts = [
    [(region: string) => `sqs.${region}.amazonaws.com`, true],
    [(region: string) => `sqs-fips.${region}.amazonaws.com`, true],
    [(region: string) => `${region}.queue.amazonaws.com`, true],
    [(region: string) => `sqs.${region}.amazonaws.com.cn`, true],
    [() => '127.0.0.1:4566', false],
    [() => 'localhost', false],
  ] as const
  const scheme = fc.constantFrom('https', 'http', 'HTTPS')
  fc.assert(
    fc.property(place, queueName, scheme, fc.constantFrom(...hosts), (where, name, http, [host, told]) => {
      const { region, account } = where
      const url = `${http}://${host(region)}/${account}/${name}`
      const read = { kind: 'url', url, account, name }
      expect(readQueueReference(url)).toEqual(told ? { ...read, region } : read)
      expect(() => readQueueReference(url.replace('://', '://user:hunter2@'))).toThrow(
        'is given with a user or a password',
      )
    }),
  )
})

test('a function is read back in each of its forms', () => {
  fc.assert(
    fc.property(place, word(64), fc.option(qualifier, { nil: undefined }), (where, name, alias) => {
      const address = functionAddress({ ...where, name, qualifier: alias })
      const tail = alias === undefined ? '' : `:${alias}`
      const named = alias === undefined ? { name } : { name, qualifier: alias }
      expect(readFunctionReference(address.arn)).toEqual({ kind: 'arn', address })
      expect(readFunctionReference(name + tail)).toEqual({ kind: 'name', ...named })
      expect(readFunctionReference(`${where.account}:function:${name}${tail}`)).toEqual({
        kind: 'partial-arn',
        account: where.account,
        ...named,
      })
      expect(nameIn(address.arn)).toBe(name + tail)
    }),
  )
})

test('a role is called by the last part of its ARN, whatever its path', () => {
  fc.assert(
    fc.property(
      place,
      fc.array(word(10), { maxLength: 3 }),
      word(64),
      ({ partition, account }, path, name) => {
        expect(roleNameOf(`arn:${partition}:iam::${account}:role/${[...path, name].join('/')}`)).toBe(name)
      },
    ),
  )
})

test('an endpoint is an address without user and password, which are never told', () => {
  const user = fc.stringMatching(/^[a-z]{1,8}$/)
  const secret = fc.stringMatching(/^[A-Z]{8}$/)
  fc.assert(
    fc.property(user, secret, fc.constantFrom('http', 'https'), (name, password, scheme) => {
      expect(endpointFault(`${scheme}://127.0.0.1:4566/path?a=b`)).toBeUndefined()
      for (const before of [`${name}:${password}`, password, `:${password}`]) {
        const url = `${scheme}://${before}@127.0.0.1:4566/`
        expect(endpointFault(url)).toBe('an address without user and password')
        expect(withoutUser(url)).toBe(`${scheme}://127.0.0.1:4566/`)
      }
      expect(withoutUser(`${scheme}://${password}@@host:99999`)).not.toContain(password)
    }),
  )
})

test.each(['', 'localhost:4566', 'ftp://host', 'http://', 'http://host:99999', '\u0000'])(
  '%j is no endpoint',
  (text) => {
    expect(endpointFault(text)).toBe('an http or https address')
  },
)
