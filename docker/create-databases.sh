#!/bin/sh
# Runs once, on an empty Postgres volume: an owner and its own databases for each of the two, and the role that Homeward
# works as. That one owns nothing, so it can't switch off what keeps the record; none is superuser.
set -eu
psql --username "$POSTGRES_USER" --dbname postgres --set ON_ERROR_STOP=1 \
  --set homeward_password="$DATABASE_OWNER_PASSWORD" --set app_password="$DATABASE_PASSWORD" \
  --set temporal_password="$TEMPORAL_DB_PASSWORD" <<'SQL'
create role homeward login password :'homeward_password';
create role homeward_app login password :'app_password';
create database homeward owner homeward;
create role temporal login password :'temporal_password';
create database temporal owner temporal;
create database temporal_visibility owner temporal;
SQL
