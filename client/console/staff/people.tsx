/** The list of staff. */
import { StaffList } from '../../../core/protocol/administration.ts'
import { officeWords } from '../../i18n/office.ts'
import { peopleWords } from '../../i18n/people.ts'
import { Avatar } from '../../ui/parts.tsx'
import { hashOf } from '../address.ts'
import { usePages } from '../office/answer.ts'
import { mayDo } from '../office/places.ts'
import { More, Shown } from '../office/shown.tsx'

export const linkTo = (id: string): string => hashOf({ at: 'staff', page: `people/${id}`, query: {} })

export function People() {
  const t = peopleWords.value
  const { roles } = officeWords.value
  const people = usePages('/api/v1/staff?limit=100', StaffList, 'after')
  const mayChange = mayDo('staff.change')
  return (
    <>
      {mayDo('staff.create') && (
        <p>
          <a class="btn primary" href={linkTo('~add')}>
            {t.add}
          </a>
        </p>
      )}
      <Shown answer={people}>
        {(items) => (
          <section class="scroll" aria-label={t.list} tabIndex={0}>
            <table class="grid">
              <thead>
                <tr>
                  <th scope="col">{t.name}</th>
                  <th scope="col">{t.role}</th>
                  <th scope="col">{t.team}</th>
                  <th scope="col">{t.email}</th>
                  <th scope="col">{t.state}</th>
                </tr>
              </thead>
              <tbody>
                {items.map(({ id, name, role, team, email, active }) => (
                  <tr key={id} data-testid="member" data-member={id}>
                    <th scope="row">
                      <span class="row">
                        <Avatar name={name} />
                        {mayChange ? <a href={linkTo(id)}>{name}</a> : name}
                      </span>
                    </th>
                    <td>{roles[role]}</td>
                    <td>{team ?? <span class="muted">{t.commonTeam}</span>}</td>
                    <td>{email}</td>
                    <td>
                      <span class={`pill ${active ? 'positive' : ''}`}>{t.states[active ? 'active' : 'inactive']}</span>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
        )}
      </Shown>
      <More pages={people} />
    </>
  )
}
