import { faultsTable } from './faults-table.js'
import { moved } from './way.js'

faultsTable(moved, { part: 1, of: 2 }, 64, 1)
