/** The rules, one file each. */
import { a1 } from './a1.ts'
import { a2 } from './a2.ts'
import { a3 } from './a3.ts'
import { c1 } from './c1.ts'
import { c2 } from './c2.ts'
import { c3 } from './c3.ts'
import { c4 } from './c4.ts'
import { cs } from './cs.ts'
import { cv3 } from './cv3.ts'
import { cv10 } from './cv10.ts'
import { ex } from './ex.ts'
import { fl } from './fl.ts'
import { h1 } from './h1.ts'
import { it } from './it.ts'
import { m1 } from './m1.ts'
import { pl } from './pl.ts'
import { q1 } from './q1.ts'
import { q2 } from './q2.ts'
import { q3 } from './q3.ts'
import { rc } from './rc.ts'
import { rp } from './rp.ts'
import { rs } from './rs.ts'
import type { MakeRule } from './rule.ts'
import { s1 } from './s1.ts'
import { s1b } from './s1b.ts'
import { s2 } from './s2.ts'
import { st } from './st.ts'
import { t4 } from './t4.ts'
import { th1 } from './th1.ts'
import { ws } from './ws.ts'

/** In the order in which they look: the transport first, since everything stands on it. */
export const rules = {
  S1: s1,
  C1: c1,
  C2: c2,
  C3: c3,
  C4: c4,
  PL: pl,
  CS: cs,
  A1: a1,
  A2: a2,
  A3: a3,
  IT: it,
  Q1: q1,
  Q2: q2,
  Q3: q3,
  ST: st,
  RS: rs,
  S1b: s1b,
  S2: s2,
  RC: rc,
  RP: rp,
  FL: fl,
  EX: ex,
  M1: m1,
  T4: t4,
  H1: h1,
  TH1: th1,
  CV3: cv3,
  CV10: cv10,
  WS: ws,
} satisfies Record<string, MakeRule>

export type RuleName = keyof typeof rules
export const ruleNames = Object.keys(rules).filter((name): name is RuleName => name in rules)
