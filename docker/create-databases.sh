#!/bin/sh
# Runs once, on an empty Postgres volume: a role and its own databases for each of the two.
# Neither is superuser; Homeward's append-only rules can't be switched off by it.
set -eu
psql --username "$POSTGRES_USER" --dbname postgres --set ON_ERROR_STOP=1 \
  --set homeward_password="$DATABASE_PASSWORD" --set temporal_password="$TEMPORAL_DB_PASSWORD" <<'SQL'
create role homeward login password :'homeward_password';
create database homeward owner homeward;
create role temporal login password :'temporal_password';
create database temporal owner temporal;
create database temporal_visibility owner temporal;
SQL
