alter table staff add password_is_first bit not null constraint df_staff_password_is_first default 0;
