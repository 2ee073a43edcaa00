"""Change agents: residents who open doors, with their consent; social supervisors; experiments with a lesson."""
