// Adds up vitest's JSON reports and the steps that broke; exits 1 when anything failed or nothing ran.
// usage: node scripts/sum-test-results.mjs <folder of reports> <number of broken steps>
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const [folder = '.', broken = '0'] = process.argv.slice(2)
const reports = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')))

/** @param {string} key */
const sum = (key) => reports.reduce((total, report) => total + report[key], 0)
const passed = sum('numPassedTests')
const skipped = sum('numPendingTests')
// A step may break without a failing test (lint, a suite that did not start): it counts as one failure.
const failed = Math.max(sum('numFailedTests'), Number(broken))

process.stdout.write(`\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}\n`)
process.exitCode = failed > 0 || passed === 0 ? 1 : 0
