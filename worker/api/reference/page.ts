/** The reference as a page: made here, one document with its style in it, nothing to load and nothing to run. */
import { html, raw } from 'hono/html'
import type { Answered, OpenApi, Operation, Parameter } from './document.ts'
import { fields, type Html, refLink, shape } from './shape.ts'
import { style } from './style.ts'

let policy: Promise<string> | undefined

/** The page, with a policy that lets in its own style and nothing else. */
export async function showPage(document: OpenApi): Promise<Response> {
  policy ??= policyFor(style)
  const headers = { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': await policy }
  return new Response(String(await page(document)), { headers })
}

async function policyFor(css: string): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(css)))
  const hash = btoa(String.fromCharCode(...digest))
  return `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`
}

function page({ info, tags, paths, components }: OpenApi): Html {
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  )
  const sections = tags.map(({ name }) => {
    const own = operations.filter(({ operation }) => operation.tags.includes(name))
    return html`<section>
<h2 id="tag-${name}">${name}</h2>
${own.map(({ method, path, operation }) => article(method, path, operation))}
</section>`
  })
  const schemas = Object.entries(components.schemas).map(
    ([name, schema]) => html`<article id="schema-${name}"><h3>${name}</h3>${shape(schema)}</article>`,
  )
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${info.title} API</title>
<style>${raw(style)}</style>
</head>
<body>
<header>
<h1>${info.title} API, version ${info.version}</h1>
${info.description.split('\n\n').map((text) => html`<p>${text}</p>`)}
<p>The same for programs: <a href="/api/openapi.json">OpenAPI 3.1</a>.</p>
</header>
<nav aria-label="Contents">
<ul>
${tags.map(({ name }) => html`<li><a href="#tag-${name}">${name}</a></li>`)}
<li><a href="#schemas">Schemas</a></li>
</ul>
</nav>
<main>
${sections}
<section>
<h2 id="schemas">Schemas</h2>
${schemas}
</section>
</main>
</body>
</html>
`
}

function article(method: string, path: string, operation: Operation): Html {
  const { operationId, summary, description, parameters = [], requestBody, responses } = operation
  const body = requestBody?.content['application/json']
  return html`<article id="${operationId}">
<h3><span class="method">${method}</span> <code>${path}</code></h3>
<p>${summary} ${signedBy(operation)}</p>
<h4>Who may</h4>
<ul class="fields">${description.split('\n').map((row) => html`<li>${row}</li>`)}</ul>
${parameters.length === 0 ? '' : html`<h4>Parameters</h4><ul class="fields">${parameters.map(parameter)}</ul>`}
${body === undefined ? '' : html`<h4>Body</h4><p>${refLink(body.schema)}</p>`}
<h4>Answers</h4>
<dl>${Object.entries(responses).map(([status, answered]) => answer(status, answered))}</dl>
</article>`
}

function signedBy({ security }: Operation): string {
  const scheme = Object.keys(security[0] ?? {})[0]
  return scheme === undefined ? 'Needs no session.' : `Needs: ${scheme}.`
}

const parameter = ({ name, in: place, required, description, schema }: Parameter): Html =>
  html`<li><code>${name}</code> <span class="note">in the ${place}${required ? '' : ', optional'}:</span> ${fields(schema)}
${description === undefined ? '' : html`<br>${description}`}</li>`

function answer(status: string, { description, content }: Answered): Html {
  const schema = Object.entries(content ?? {}).find(([media]) => media === 'application/json')?.[1].schema
  return html`<dt>${status}</dt><dd>${description}${schema === undefined ? '' : html` ${refLink(schema)}`}</dd>`
}
