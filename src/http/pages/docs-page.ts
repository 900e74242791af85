/** The OpenAPI document and a page to try it, from our own process: nothing is loaded from elsewhere. */
import { Router } from 'express';
import helmet from 'helmet';
import { absolutePath } from 'swagger-ui-dist';
import { docsClientId, docsRedirectPath, localScope } from '../../auth/issuer-names';
import type { ApiParts } from '../api-parts';
import { createOpenapiDocument } from '../openapi';

/** Of Swagger UI's package, those that the page needs. */
const files = [
  'swagger-ui.css',
  'swagger-ui-bundle.js',
  'favicon-32x32.png',
  'oauth2-redirect.html',
  'oauth2-redirect.js',
];

export function createDocsRouter(parts: ApiParts): Router {
  const router = Router({ caseSensitive: true, strict: true });
  const document = JSON.stringify(createOpenapiDocument(parts));
  router.get('/openapi.json', (_request, response) => void response.type('json').send(document));

  router.use(
    '/docs',
    helmet({
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          defaultSrc: ["'none'"],
          scriptSrc: ["'self'"],
          // Swagger UI sets style attributes on its elements.
          styleSrc: ["'self'", "'unsafe-inline'"],
          imgSrc: ["'self'", 'data:'],
          connectSrc: ["'self'"],
          baseUri: ["'none'"],
          formAction: ["'self'"],
          frameAncestors: ["'none'"],
        },
      },
      strictTransportSecurity: false,
    }),
  );
  router.get('/docs', (_request, response) => void response.type('html').send(page));
  router.get('/docs/start.js', (_request, response) => void response.type('js').send(startScript(parts)));
  for (const file of files) {
    router.get(`/docs/${file}`, (_request, response) => {
      response.sendFile(file, { root: absolutePath(), maxAge: '1h' });
    });
  }
  return router;
}

const page = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Homeward API</title>
<link rel="stylesheet" href="/docs/swagger-ui.css">
<link rel="icon" href="/docs/favicon-32x32.png">
</head>
<body>
<div id="page"></div>
<script src="/docs/swagger-ui-bundle.js"></script>
<script src="/docs/start.js"></script>
</body>
</html>
`;

const startScript = ({ publicUrl, localIssuer }: ApiParts): string => {
  const options = {
    url: '/openapi.json',
    dom_id: '#page',
    deepLinking: true,
    // A token in local storage would outlive the visit.
    persistAuthorization: false,
    validatorUrl: null,
    oauth2RedirectUrl: `${publicUrl}${docsRedirectPath}`,
  };
  const signIn = { clientId: docsClientId, usePkceWithAuthorizationCodeGrant: true, scopes: localScope };
  return [
    `const page = SwaggerUIBundle(${JSON.stringify(options)});`,
    ...(localIssuer ? [`page.initOAuth(${JSON.stringify(signIn)});`] : []),
  ].join('\n');
};
