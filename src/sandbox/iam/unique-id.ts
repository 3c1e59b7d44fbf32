import { randomInt } from 'node:crypto'

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

const random = (length: number) =>
  Array.from({ length }, () => alphabet.charAt(randomInt(alphabet.length))).join('')

/**
 * The prefixes tell what an id stands for.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-prefixes
 */
export const userId = () => `AIDA${random(17)}`
export const roleId = () => `AROA${random(17)}`
export const groupId = () => `AGPA${random(17)}`
export const policyId = () => `ANPA${random(17)}`
export const longTermKeyId = () => `AKIA${random(16)}`
export const temporaryKeyId = () => `ASIA${random(16)}`
